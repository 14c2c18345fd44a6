/**
 * How checks over HTTP reach a server, shared by the kinds that need it: the clients, a connection of its own for each
 * request, its phases, and what its failures are called. Imports {@code check}, its back room, {@code time}, OkHttp and Jackson.
 * The clients are safe for use by any number of threads; everything else belongs to one run and its thread.
 */
@NullMarked
package io.sitemonitor.check.internal.http;

import org.jspecify.annotations.NullMarked;
