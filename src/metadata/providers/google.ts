import type { MetadataService } from '../service.ts';

/**
 * Compute Engine and GKE. v1 asks for `Metadata-Flavor: Google`, before that `X-Google-Metadata-Request: True`; v1beta1
 * and 0.1 ask for nothing.
 */
export const GCE: MetadataService = {
  service: 'gce',
  provider: 'gcp',
  addresses: ['169.254.169.254', 'fd20:ce::254'],
  hosts: ['metadata.google.internal', 'metadata', 'metadata.goog'],
  headers: ['metadata-flavor', 'x-google-metadata-request'],
  paths: [
    {
      // `oauth2/access_token` is what Elastic's rule asks for; Google's clients ask for `token`.
      path: /^\/computemetadata\/[^/]+\/instance\/service-accounts\/(?<role>[^/]+)\/(?:token|oauth2\/access_token)\/?$/i,
      example: '/computemetadata/v1/instance/service-accounts/',
      class: 'credential',
      answer: 'bearer_token',
      unmistakable: true,
    },
    {
      path: /^\/computemetadata\/[^/]+\/instance\/service-accounts\/(?<role>[^/]+)\/identity\/?$/i,
      class: 'identity',
      answer: 'jwt',
      unmistakable: true,
    },
    {
      path: /^\/computemetadata\/[^/]+\/instance\/service-accounts(?:\/(?<role>[^/]+))?\/?$/i,
      class: 'listing',
      unmistakable: true,
    },
    {
      path: /^\/computemetadata\/[^/]+\/instance\/credentials\/[^/]+\/?$/i,
      class: 'credential',
      answer: 'private_key',
      unmistakable: true,
    },
    { path: /^\/computemetadata(?:\/|$)/i, class: 'recon', unmistakable: true },
    {
      path: /^\/0\.1\/meta-data\/service-accounts\/(?<role>[^/]+)\/acquire\/?$/i,
      class: 'credential',
      answer: 'bearer_token',
      unmistakable: true,
    },
    { path: /^\/0\.1\/meta-data(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://cloud.google.com/compute/docs/metadata/overview',
};

/** Google's service on a node's loopback interface: the GKE metadata server and the concealing proxy before it. */
export const GKE_NODE: MetadataService = { ...GCE, addresses: ['127.0.0.1', '::1'], ports: [988], hosts: [] };
