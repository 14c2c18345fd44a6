"""A client of the queue of alerts that knows nothing of the library: Python and pika.

client.py produce URI SITE STATUS TIMESTAMP   declares the exchange, sends one message with a confirm
client.py consume URI                         declares exchange and queue, says "ready", then prints each message in one line
"""
import json
import sys

import pika

EXCHANGE = "site_monitor"
KEY = "sites_status_key"
QUEUE = "alert_queue"


def declare_exchange(channel):
    channel.exchange_declare(EXCHANGE, exchange_type="direct", durable=True, auto_delete=False, internal=False)


def produce(channel, site, status, timestamp):
    declare_exchange(channel)
    channel.confirm_delivery()
    fields = {"site_name": site, "site_status": status, "email": "owner@shop.example", "timestamp": timestamp}
    properties = pika.BasicProperties(content_type="application/json", delivery_mode=2)
    while True:
        try:
            channel.basic_publish(EXCHANGE, KEY, json.dumps(fields), properties, mandatory=True)
            return
        except pika.exceptions.UnroutableError:
            channel.connection.sleep(0.1)  # no queue yet: the reader may start later


def consume(channel):
    declare_exchange(channel)
    channel.queue_declare(QUEUE, durable=True, exclusive=False, auto_delete=False, arguments=None)
    channel.queue_bind(QUEUE, EXCHANGE, KEY)
    print("ready", flush=True)
    for method, properties, body in channel.consume(QUEUE, auto_ack=False):
        fields = json.loads(body)
        for name, value in fields.items():
            if not isinstance(value, str):
                sys.exit("not a string: %s" % name)
        print("%s|%s|%s|%s" % tuple(fields[n] for n in ("site_name", "site_status", "email", "timestamp")), flush=True)
        channel.basic_ack(method.delivery_tag)


connection = pika.BlockingConnection(pika.URLParameters(sys.argv[2]))
if sys.argv[1] == "produce":
    produce(connection.channel(), *sys.argv[3:])
    connection.close()
else:
    consume(connection.channel())
