package io.sitemonitor.amqp;

import java.util.List;

/** What an operator does to a broker: users, permissions, virtual hosts, policies, alarms. */
record RabbitAdmin(RabbitNode node) {

    /** A virtual host with nothing in it, and a user who may do everything there. Both are made anew. */
    void makeAnew(String virtualHost, String user, String password) throws Exception {
        node.eval("case rabbit_vhost:exists(" + text(virtualHost) + ") of true -> rabbit_vhost:delete("
                + text(virtualHost) + ", <<\"test\">>); false -> ok end");
        node.eval("case rabbit_auth_backend_internal:exists(" + text(user)
                + ") of true -> rabbit_auth_backend_internal:delete_user(" + text(user)
                + ", <<\"test\">>); false -> ok end");
        addVirtualHost(virtualHost);
        addUser(user, password);
        permit(user, virtualHost);
        permit("guest", virtualHost);
    }

    void addVirtualHost(String name) throws Exception {
        node.eval("rabbit_vhost:add(" + text(name) + ", <<\"test\">>)");
    }

    void deleteVirtualHost(String name) throws Exception {
        node.eval("rabbit_vhost:delete(" + text(name) + ", <<\"test\">>)");
    }

    void addUser(String name, String password) throws Exception {
        node.eval("rabbit_auth_backend_internal:add_user(" + text(name) + ", " + text(password) + ", <<\"test\">>)");
    }

    void deleteUser(String name) throws Exception {
        node.eval("rabbit_auth_backend_internal:delete_user(" + text(name) + ", <<\"test\">>)");
    }

    void changePassword(String user, String password) throws Exception {
        node.eval("rabbit_auth_backend_internal:change_password(" + text(user) + ", " + text(password)
                + ", <<\"test\">>)");
    }

    void permit(String user, String virtualHost) throws Exception {
        node.eval("rabbit_auth_backend_internal:set_permissions(" + text(user) + ", " + text(virtualHost)
                + ", <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"test\">>)");
    }

    /** Leaves the user in the virtual host, without a right to anything in it. */
    void forbid(String user, String virtualHost) throws Exception {
        node.eval("rabbit_auth_backend_internal:set_permissions(" + text(user) + ", " + text(virtualHost)
                + ", <<\"^$\">>, <<\"^$\">>, <<\"^$\">>, <<\"test\">>)");
    }

    /**
     * From now on the queue takes no more than that many messages and refuses the rest. What lies in it beyond that when
     * the policy comes is dropped by the broker, the oldest first, whatever the policy says of refusing.
     */
    void refuseBeyond(int messages, String queue, String virtualHost) throws Exception {
        node.eval("rabbit_policy:parse_set(" + text(virtualHost) + ", <<\"full\">>, " + text("^" + queue + "$")
                + ", <<\"{\\\"max-length\\\":" + messages + ",\\\"overflow\\\":\\\"reject-publish\\\"}\">>, 0,"
                + " <<\"queues\">>, <<\"test\">>)");
    }

    void takeAgain(String virtualHost) throws Exception {
        node.eval("rabbit_policy:delete(" + text(virtualHost) + ", <<\"full\">>, <<\"test\">>)");
    }

    /** Sets limits that any machine has passed already. */
    void raiseMemoryAlarm() throws Exception {
        node.eval("vm_memory_monitor:set_vm_memory_high_watermark(0.0000001)");
    }

    void raiseDiskAlarm() throws Exception {
        node.eval("rabbit_disk_monitor:set_disk_free_limit(1000000000000000)");
    }

    /** Sets the limits that a broker has by default. */
    void endAlarms() throws Exception {
        node.eval("vm_memory_monitor:set_vm_memory_high_watermark(0.4)");
        node.eval("rabbit_disk_monitor:set_disk_free_limit(50000000)");
    }

    String alarms() throws Exception {
        return node.eval("rabbit_alarm:get_alarms()");
    }

    /** Every connection made from now on is to show a sign of life so often, in seconds. */
    void askForHeartbeats(int seconds) throws Exception {
        node.eval("application:set_env(rabbit, heartbeat, " + seconds + ")");
    }

    /** Tells every client of a user to go, and returns how many there were. */
    int closeConnectionsOf(String user) throws Exception {
        return Integer.parseInt(node.eval(
                "length([rabbit_networking:close_connection(P, \"forced\") || P <- " + connectionsOf(user) + "])"));
    }

    /** How many consume from a queue; none if there is no such queue. */
    int consumers(String queue, String virtualHost) throws Exception {
        return Integer.parseInt(node.eval("length([C || C <- rabbit_amqqueue:consumers_all(" + text(virtualHost)
                + "), {queue_name, {resource, _, queue, " + text(queue) + "}} <- C])"));
    }

    boolean exchangeExists(String exchange, String virtualHost) throws Exception {
        return node.eval("rabbit_exchange:exists(rabbit_misc:r(" + text(virtualHost) + ", exchange, " + text(exchange)
                        + "))")
                .equals("true");
    }

    boolean isBound(String queue, String exchange, String virtualHost) throws Exception {
        return !node.eval("rabbit_binding:list_for_source_and_destination(rabbit_misc:r(" + text(virtualHost)
                        + ", exchange, " + text(exchange) + "), rabbit_misc:r(" + text(virtualHost) + ", queue, "
                        + text(queue) + "))")
                .equals("[]");
    }

    /** How many messages lie in a queue or are in somebody's hands. */
    int messages(String queue, String virtualHost) throws Exception {
        return Integer.parseInt(node.eval("case rabbit_amqqueue:lookup(rabbit_misc:r(" + text(virtualHost)
                + ", queue, " + text(queue) + ")) of {ok, Q} -> [{messages, N}] = rabbit_amqqueue:info(Q, [messages]),"
                + " N; _ -> 0 end"));
    }

    /** The tag of the only consumer in a virtual host. */
    String consumerTag(String virtualHost) throws Exception {
        String quoted = node.eval("[binary_to_list(T) || C <- rabbit_amqqueue:consumers_all(" + text(virtualHost)
                + "), {consumer_tag, T} <- C]");
        List<String> parts = List.of(quoted.split("\"", -1));
        if (parts.size() != 3) {
            throw new IllegalStateException("not one consumer: " + quoted);
        }
        return parts.get(1);
    }

    private static String connectionsOf(String user) {
        return "[P || P <- rabbit_networking:connections(), lists:member({user, " + text(user)
                + "}, rabbit_networking:connection_info(P, [user]))]";
    }

    private static String text(String value) {
        return "<<\"" + value + "\">>";
    }
}
