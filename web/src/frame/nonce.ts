const place = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The nonce of this page's Content-Security-Policy for style elements that libraries make. */
export const styleNonce: string = place?.nonce || place?.getAttribute('nonce') || '';
