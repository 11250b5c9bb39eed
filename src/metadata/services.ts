import { EC2, ECS, EKS_POD_IDENTITY } from './providers/aws.ts';
import { AZURE_APP_SERVICE, AZURE_ARC, AZURE_CLOUD_SHELL, AZURE_VM, AZURE_WIRESERVER } from './providers/azure.ts';
import { GCE, GKE_NODE } from './providers/google.ts';
import {
  ALIBABA_ECS,
  DIGITALOCEAN_DROPLET,
  HETZNER_SERVER,
  HUAWEI_ECS,
  IBM_VPC,
  LINODE,
  NAVER_SERVER,
  OCI,
  OPENSTACK_NOVA,
  SCALEWAY_INSTANCE,
  TENCENT_CVM,
  VOLCENGINE_ECS,
  VULTR_INSTANCE,
} from './providers/others.ts';
import type { MetadataService } from './service.ts';

/** Every service, in the order in which a path is tried where several share an address. */
export const SERVICES: readonly MetadataService[] = [
  EC2,
  ECS,
  EKS_POD_IDENTITY,
  AZURE_VM,
  AZURE_ARC,
  AZURE_APP_SERVICE,
  AZURE_CLOUD_SHELL,
  AZURE_WIRESERVER,
  GCE,
  GKE_NODE,
  ALIBABA_ECS,
  OCI,
  IBM_VPC,
  TENCENT_CVM,
  HUAWEI_ECS,
  OPENSTACK_NOVA,
  DIGITALOCEAN_DROPLET,
  HETZNER_SERVER,
  LINODE,
  VULTR_INSTANCE,
  SCALEWAY_INSTANCE,
  VOLCENGINE_ECS,
  NAVER_SERVER,
];

/** The services that listen at an address and port; empty for nearly all. */
export function servicesAt(address: string, port: number): readonly MetadataService[] {
  const there = BY_ADDRESS.get(address);
  return there === undefined ? NONE : there.filter((service) => !service.ports || service.ports.includes(port));
}

/** The services that a host name or a textual address means, whatever the port; `host` in lower case. */
export function servicesNamed(host: string): readonly MetadataService[] {
  return BY_HOST.get(host) ?? NONE;
}

const NONE: readonly MetadataService[] = [];
const BY_ADDRESS = group((service) => service.addresses);
// Loopback addresses say nothing in a Host header.
const BY_HOST = group((service) => (service.ports ? service.hosts : [...service.hosts, ...service.addresses]));

function group(keys: (service: MetadataService) => readonly string[]): ReadonlyMap<string, readonly MetadataService[]> {
  const groups = new Map<string, MetadataService[]>();
  for (const service of SERVICES) {
    for (const key of keys(service)) groups.set(key, [...(groups.get(key) ?? []), service]);
  }
  return groups;
}
