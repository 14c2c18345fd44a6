package io.sitemonitor.check.http;

/** Which version of HTTP a check speaks. */
public enum HttpVersion {

    /** HTTP/1.1. The default: one connection, one request, nothing between them and the verdict. */
    HTTP_1_1,

    /** HTTP/2 over TLS if the server agrees in the handshake (ALPN), otherwise HTTP/1.1. */
    HTTP_2,

    /** HTTP/2 without TLS and without asking, as servers inside a cluster speak it. For {@code http://} only. */
    HTTP_2_PRIOR_KNOWLEDGE
}
