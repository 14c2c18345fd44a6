/**
 * Checks gRPC servers by their health service: {@link io.sitemonitor.check.grpc.GrpcHealthCheck}. Imports {@code check},
 * its back rooms and OkHttp, of which nothing shows outside. Its checks are immutable and safe for use by any number of
 * threads; a run works on its own thread and waits for those of the name lookup and of HTTP/2.
 */
@NullMarked
package io.sitemonitor.check.grpc;

import org.jspecify.annotations.NullMarked;
