/** Clouds, named as ECS `cloud.provider` names them where it does. */
export type Provider =
  | 'aws'
  | 'azure'
  | 'gcp'
  | 'alibaba'
  | 'oracle'
  | 'ibm'
  | 'tencent'
  | 'huawei'
  | 'openstack'
  | 'digitalocean'
  | 'hetzner'
  | 'akamai'
  | 'vultr'
  | 'scaleway'
  | 'volcengine'
  | 'naver';

/** The metadata services that are told apart. */
export type Service =
  | 'ec2'
  | 'ecs'
  | 'eks-pod-identity'
  | 'azure-vm'
  | 'azure-app-service'
  | 'azure-arc'
  | 'azure-cloud-shell'
  | 'azure-wireserver'
  | 'gce'
  | 'alibaba-ecs'
  | 'oci'
  | 'ibm-vpc'
  | 'tencent-cvm'
  | 'huawei-ecs'
  | 'openstack-nova'
  | 'digitalocean-droplet'
  | 'hetzner-server'
  | 'linode'
  | 'vultr-instance'
  | 'scaleway-instance'
  | 'volcengine-ecs'
  | 'naver-server';

/**
 * What a request asks for:
 * - `token`: the session token that later reads must carry, or another step on the way that is no credential itself;
 * - `listing`: the names of roles or accounts;
 * - `credential`: keys, or a token for the cloud's API;
 * - `identity`: a signed statement of who the machine is, that others accept (a JWT);
 * - `recon`: anything else that tells about the machine, user data included;
 * - `other`: a path that no service is known to have.
 */
export type RequestKind = 'token' | 'listing' | 'credential' | 'identity' | 'recon' | 'other';

/** What a credential is, once returned. */
export type CredentialType = 'access_key' | 'bearer_token' | 'jwt' | 'private_key' | 'certificate';

/** One kind of path of a service. */
export interface PathRule {
  /** Matched against the normal form of the path; the group `role` is the role or account that is asked for. */
  readonly path: RegExp;
  /** Matched against the query as sent; absent: any. */
  readonly query?: RegExp;
  readonly class: Exclude<RequestKind, 'other'>;
  /** Absent: any method. */
  readonly method?: 'PUT' | 'POST';
  /** What a success holds, where that is a credential. */
  readonly answer?: CredentialType;
  /** Such a path in lower case, up to the role: a request that was captured only so far may have asked for one. */
  readonly example?: string;
  /** Nothing else has such a path, so that it tells by itself, wherever it is sent. */
  readonly unmistakable?: true;
}

/** One metadata service: where it listens, and what its paths give. */
export interface MetadataService {
  readonly service: Service;
  readonly provider: Provider;
  /** IP addresses, IPv6 as RFC 5952 has it. */
  readonly addresses: readonly string[];
  /** The ports on these addresses; absent where all of them are the service's. */
  readonly ports?: readonly number[];
  /** Host names, lower case. */
  readonly hosts: readonly string[];
  /** Headers, lower case, that clients of this service send and those of others do not. */
  readonly headers: readonly string[];
  /** The header that carries the session token, where reads without one (v1) may be allowed too. */
  readonly sessionHeader?: string;
  /** The first that matches counts. */
  readonly paths: readonly PathRule[];
  /** The vendor's description. */
  readonly reference: string;
}
