import type { MetadataService, PathRule } from '../service.ts';

const TOKEN: PathRule = {
  path: /^\/metadata\/identity\/oauth2\/token\/?$/i,
  class: 'credential',
  answer: 'bearer_token',
  example: '/metadata/identity/oauth2/token',
  unmistakable: true,
};
const INSTANCE: PathRule = {
  path: /^\/metadata\/(?:instance|identity|attested|scheduledevents|loadbalancer|versions|thim)(?:\/|$)/i,
  class: 'recon',
};

/** Asks for `Metadata: true`. */
export const AZURE_VM: MetadataService = {
  service: 'azure-vm',
  provider: 'azure',
  addresses: ['169.254.169.254'],
  hosts: [],
  headers: ['metadata'],
  paths: [TOKEN, INSTANCE],
  reference: 'https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service',
};

/**
 * Machines outside Azure. The first request is answered 401 with the name of a key file in WWW-Authenticate, the
 * second proves with `Authorization: Basic` that its sender may read that file.
 */
export const AZURE_ARC: MetadataService = {
  service: 'azure-arc',
  provider: 'azure',
  addresses: ['127.0.0.1', '::1'],
  ports: [40342],
  hosts: [],
  headers: ['metadata'],
  paths: [TOKEN, INSTANCE],
  reference: 'https://learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication',
};

/**
 * App Service, Functions, Automation: address and port are in IDENTITY_ENDPOINT and change. Asks for
 * `X-IDENTITY-HEADER`; API version 2017-09-01 asks for `secret`.
 */
export const AZURE_APP_SERVICE: MetadataService = {
  service: 'azure-app-service',
  provider: 'azure',
  addresses: [],
  hosts: [],
  headers: ['x-identity-header', 'secret'],
  paths: [{ path: /^\/msi\/token\/?$/i, class: 'credential', answer: 'bearer_token', unmistakable: true }],
  reference: 'https://learn.microsoft.com/azure/app-service/overview-managed-identity',
};

/** Asks for `Metadata: true`, and takes a form. */
export const AZURE_CLOUD_SHELL: MetadataService = {
  service: 'azure-cloud-shell',
  provider: 'azure',
  addresses: ['127.0.0.1', '::1'],
  ports: [50342],
  hosts: [],
  headers: ['metadata'],
  paths: [{ path: /^\/oauth2\/token\/?$/i, class: 'credential', method: 'POST', answer: 'bearer_token' }],
  reference: 'https://learn.microsoft.com/azure/cloud-shell/msi-authorization',
};

/** The host's agent protocol. Certificates are encrypted for a key that the asker sends along. */
export const AZURE_WIRESERVER: MetadataService = {
  service: 'azure-wireserver',
  provider: 'azure',
  addresses: ['168.63.129.16'],
  hosts: [],
  headers: ['x-ms-guest-agent-public-x509-cert', 'x-ms-cipher-name'],
  paths: [
    { path: /^\/machine(?:\/|$)/i, query: /(?:^|&)comp=certificates/i, class: 'credential', answer: 'certificate' },
    { path: /^\/(?:machine|vmsettings|extensionartifact|status|health)(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
};
