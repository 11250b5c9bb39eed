import type { MetadataService } from '../service.ts';

export const ALIBABA_ECS: MetadataService = {
  service: 'alibaba-ecs',
  provider: 'alibaba',
  addresses: ['100.100.100.200'],
  hosts: [],
  headers: ['x-aliyun-ecs-metadata-token', 'x-aliyun-ecs-metadata-token-ttl-seconds'],
  sessionHeader: 'x-aliyun-ecs-metadata-token',
  paths: [
    { path: /^\/latest\/api\/token\/?$/i, class: 'token', method: 'PUT' },
    {
      path: /^\/(?:latest|\d{4}-\d\d-\d\d)\/meta-data\/ram\/security-credentials\/?$/i,
      class: 'listing',
      unmistakable: true,
    },
    {
      path: /^\/(?:latest|\d{4}-\d\d-\d\d)\/meta-data\/ram\/security-credentials\/(?<role>[^/]+)\/?$/i,
      example: '/latest/meta-data/ram/security-credentials/',
      class: 'credential',
      answer: 'access_key',
      unmistakable: true,
    },
    { path: /^\/[^/]+\/(?:meta-data|user-data|dynamic|maintenance)(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata',
};

/** Gives the private key of the instance principal. v2 asks for `Authorization: Bearer Oracle`. */
export const OCI: MetadataService = {
  service: 'oci',
  provider: 'oracle',
  addresses: ['169.254.169.254', 'fd00:c1::a9fe:a9fe', '192.0.0.192'],
  hosts: [],
  headers: [],
  paths: [
    {
      path: /^\/opc\/v\d\/identity\/key\.pem\/?$/i,
      example: '/opc/v2/identity/key.pem',
      class: 'credential',
      answer: 'private_key',
      unmistakable: true,
    },
    { path: /^\/opc\/v\d\/identity\/?$/i, class: 'listing', unmistakable: true },
    { path: /^\/opc(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://docs.oracle.com/en-us/iaas/Content/Compute/Tasks/gettingmetadata.htm',
};

/** The token of the first step asks for `Metadata-Flavor: ibm`, the others for `Authorization: Bearer` with it. */
export const IBM_VPC: MetadataService = {
  service: 'ibm-vpc',
  provider: 'ibm',
  addresses: ['169.254.169.254'],
  hosts: ['api.metadata.cloud.ibm.com'],
  headers: [],
  paths: [
    { path: /^\/(?:instance_)?identity\/v1\/token\/?$/i, class: 'token', method: 'PUT', unmistakable: true },
    {
      path: /^\/(?:instance_)?identity\/v1\/iam_tokens?\/?$/i,
      class: 'credential',
      method: 'POST',
      answer: 'bearer_token',
      unmistakable: true,
    },
    {
      path: /^\/(?:instance_)?identity\/v1\/certificates\/?$/i,
      class: 'credential',
      method: 'POST',
      answer: 'certificate',
      unmistakable: true,
    },
    { path: /^\/metadata\/v1\/(?:instance|keys|placement_groups|volumes)(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://cloud.ibm.com/docs/vpc?topic=vpc-imd-about',
};

export const TENCENT_CVM: MetadataService = {
  service: 'tencent-cvm',
  provider: 'tencent',
  addresses: ['169.254.0.23'],
  hosts: ['metadata.tencentyun.com'],
  headers: [],
  paths: [
    { path: /^(?:\/latest)?\/meta-data\/cam\/security-credentials\/?$/i, class: 'listing', unmistakable: true },
    {
      path: /^(?:\/latest)?\/meta-data\/cam\/security-credentials\/(?<role>[^/]+)\/?$/i,
      example: '/latest/meta-data/cam/security-credentials/',
      class: 'credential',
      answer: 'access_key',
      unmistakable: true,
    },
    { path: /^(?:\/latest)?\/(?:meta-data|user-data)(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://www.tencentcloud.com/document/product/213/4934',
};

export const HUAWEI_ECS: MetadataService = {
  service: 'huawei-ecs',
  provider: 'huawei',
  addresses: ['169.254.169.254'],
  hosts: [],
  headers: ['x-metadata-token', 'x-metadata-token-ttl-seconds'],
  sessionHeader: 'x-metadata-token',
  paths: [
    { path: /^\/meta-data\/latest\/api\/token\/?$/i, class: 'token', method: 'PUT', unmistakable: true },
    {
      path: /^\/openstack\/[^/]+\/securitykey\/?$/i,
      example: '/openstack/latest/securitykey',
      class: 'credential',
      answer: 'access_key',
      unmistakable: true,
    },
  ],
  reference: 'https://support.huaweicloud.com/intl/en-us/usermanual-ecs/ecs_03_0166.html',
};

export const OPENSTACK_NOVA: MetadataService = {
  service: 'openstack-nova',
  provider: 'openstack',
  addresses: ['169.254.169.254', 'fe80::a9fe:a9fe'],
  hosts: [],
  headers: [],
  paths: [{ path: /^\/openstack(?:\/|$)/i, class: 'recon' }],
  reference: 'https://docs.openstack.org/nova/latest/user/metadata.html',
};

export const DIGITALOCEAN_DROPLET: MetadataService = {
  service: 'digitalocean-droplet',
  provider: 'digitalocean',
  addresses: ['169.254.169.254'],
  hosts: [],
  headers: [],
  paths: [{ path: /^\/metadata\/v1(?:\.json|\/|$)/i, class: 'recon' }],
  reference: 'https://docs.digitalocean.com/products/droplets/how-to/access-metadata/',
};

export const HETZNER_SERVER: MetadataService = {
  service: 'hetzner-server',
  provider: 'hetzner',
  addresses: ['169.254.169.254', 'fe80::a9fe:a9fe'],
  hosts: [],
  headers: [],
  paths: [{ path: /^\/hetzner(?:\/|$)/i, class: 'recon' }],
  reference: 'https://docs.hetzner.cloud/reference/cloud',
};

export const LINODE: MetadataService = {
  service: 'linode',
  provider: 'akamai',
  addresses: ['169.254.169.254', 'fd00:a9fe:a9fe::1'],
  hosts: [],
  headers: ['metadata-token-expiry-seconds'],
  paths: [
    { path: /^\/v1\/token\/?$/i, class: 'token', method: 'PUT' },
    { path: /^\/v1\/(?:instance|network|ssh-keys|user-data)\/?$/i, class: 'recon' },
  ],
  reference: 'https://techdocs.akamai.com/cloud-computing/docs/overview-of-the-metadata-service',
};

export const VULTR_INSTANCE: MetadataService = {
  service: 'vultr-instance',
  provider: 'vultr',
  addresses: ['169.254.169.254'],
  hosts: [],
  headers: [],
  paths: [{ path: /^\/v1(?:\.json|\/|$)/i, class: 'recon' }],
  reference: 'https://www.vultr.com/metadata/',
};

/** User data asks for a source port below 1024. */
export const SCALEWAY_INSTANCE: MetadataService = {
  service: 'scaleway-instance',
  provider: 'scaleway',
  addresses: ['169.254.42.42', 'fd00:42::42'],
  hosts: [],
  headers: [],
  paths: [{ path: /^\/(?:conf|user_data)(?:\/|$)/i, class: 'recon' }],
  reference: 'https://www.scaleway.com/en/docs/instances/',
};

export const VOLCENGINE_ECS: MetadataService = {
  service: 'volcengine-ecs',
  provider: 'volcengine',
  addresses: ['100.96.0.96'],
  hosts: [],
  headers: [],
  paths: [
    { path: /^\/[^/]+\/(?:meta-data|iam)\/security[-_]credentials\/?$/i, class: 'listing' },
    {
      path: /^\/[^/]+\/(?:meta-data|iam)\/security[-_]credentials\/(?<role>[^/]+)\/?$/i,
      class: 'credential',
      answer: 'access_key',
    },
    { path: /^\/[^/]+\/(?:meta-data|user-data)(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://www.volcengine.com/docs/6396',
};

/** Where its paths are those of EC2 a request cannot be told from one to EC2, and counts as that. */
export const NAVER_SERVER: MetadataService = {
  service: 'naver-server',
  provider: 'naver',
  addresses: ['169.254.169.254'],
  hosts: [],
  headers: [],
  paths: [
    { path: /^\/[^/]+\/meta-data\/iam(?:\/(?<role>.+?))?\/?$/i, class: 'credential', answer: 'access_key' },
    { path: /^\/[^/]+\/meta-data(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://guide.ncloud-docs.com/',
};
