package io.sitemonitor.amqp;

/** TLS on a running RabbitMQ: a listener more, and the plugin for the login by certificate. */
final class RabbitTls implements AutoCloseable {

    private final RabbitNode node;
    private final int port;

    private RabbitTls(RabbitNode node, int port) {
        this.node = node;
        this.port = port;
    }

    /** Listens with the certificate of this name; a client must show one of the same authority, if told so. */
    static RabbitTls on(RabbitNode node, TestAuthority authority, String name, boolean clientCertificate)
            throws Exception {
        int port = EmbeddedBroker.freePort();
        String options =
                "[{cacertfile,\"%s\"},{certfile,\"%s\"},{keyfile,\"%s\"},{verify,%s},{fail_if_no_peer_cert,%s}]"
                        .formatted(
                                authority.certificate(),
                                authority.certificate(name),
                                authority.key(name),
                                clientCertificate ? "verify_peer" : "verify_none",
                                clientCertificate);
        node.control(
                "eval",
                "application:ensure_all_started(ssl),rabbit_networking:start_ssl_listener({\"127.0.0.1\",%d,inet},%s,2)."
                        .formatted(port, options));
        return new RabbitTls(node, port);
    }

    /** Lets the broker take logins by certificate; it knows their users by the whole name, such as {@code CN=shop}. */
    static void allowExternalLogin(RabbitNode node) throws Exception {
        plugins(node, "rabbitmq_auth_mechanism_ssl");
        node.control(
                "eval",
                "application:set_env(rabbit,auth_mechanisms,['PLAIN','AMQPLAIN','EXTERNAL']),"
                        // it believes no certificate unless told that they are verified
                        + "application:set_env(rabbit,ssl_options,[{verify,verify_peer}]).");
    }

    static void refuseExternalLogin(RabbitNode node) throws Exception {
        node.control(
                "eval",
                "application:set_env(rabbit,auth_mechanisms,['PLAIN','AMQPLAIN']),"
                        + "application:set_env(rabbit,ssl_options,[]).");
        plugins(node, "");
    }

    String uri() {
        return "amqps://guest:guest@localhost:" + port + "/";
    }

    @Override
    public void close() throws Exception {
        node.control("eval", "rabbit_networking:stop_tcp_listener({\"127.0.0.1\",%d,inet}).".formatted(port));
    }

    private static void plugins(RabbitNode node, String names) throws Exception {
        node.control(
                "eval",
                "{ok,F}=application:get_env(rabbit,enabled_plugins_file),ok=file:write_file(F,\"[%s].\"),"
                                .formatted(names)
                        + "{ok,_,_}=rabbit_plugins:ensure(F).");
    }
}
