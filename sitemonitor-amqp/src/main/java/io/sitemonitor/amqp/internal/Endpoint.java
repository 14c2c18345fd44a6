package io.sitemonitor.amqp.internal;

/** Where connections come from; its text is the address without secrets. */
public sealed interface Endpoint permits BrokerEndpoint, HostEndpoint {}
