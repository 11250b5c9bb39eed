import type { Service } from '../metadata/service.ts';

const NAMES: Readonly<Record<Service, string>> = {
  ec2: "AWS's metadata service",
  ecs: "AWS's container credential service",
  'eks-pod-identity': "AWS's pod identity agent",
  'azure-vm': "Azure's metadata service",
  'azure-app-service': "Azure's App Service identity endpoint",
  'azure-arc': "Azure's Arc agent",
  'azure-cloud-shell': "Azure's Cloud Shell token endpoint",
  'azure-wireserver': "Azure's WireServer",
  gce: "Google Cloud's metadata service",
  'alibaba-ecs': "Alibaba Cloud's metadata service",
  oci: "Oracle Cloud's metadata service",
  'ibm-vpc': "IBM Cloud's metadata service",
  'tencent-cvm': "Tencent Cloud's metadata service",
  'huawei-ecs': "Huawei Cloud's metadata service",
  'openstack-nova': "OpenStack's metadata service",
  'digitalocean-droplet': "DigitalOcean's metadata service",
  'hetzner-server': "Hetzner's metadata service",
  linode: "Linode's metadata service",
  'vultr-instance': "Vultr's metadata service",
  'scaleway-instance': "Scaleway's metadata service",
  'volcengine-ecs': "Volcano Engine's metadata service",
  'naver-server': "NAVER Cloud's metadata service",
};

/** What a sentence calls a metadata service, from the value of `hoplimit.service`. */
export function metadataService(service: string): string {
  return Object.hasOwn(NAMES, service) ? NAMES[service as Service] : `the metadata service ${service}`;
}
