// A client of the queue of alerts that knows nothing of the library: Go, and a library for AMQP that is put in place of AMQP_LIBRARY.
//
//	client produce URI SITE STATUS TIMESTAMP   declares the exchange, sends one message with a confirm
//	client consume URI                         declares exchange and queue, says "ready", then prints each message in one line
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"

	amqp "AMQP_LIBRARY"
)

const (
	exchange = "site_monitor"
	key      = "sites_status_key"
	queue    = "alert_queue"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func declareExchange(channel *amqp.Channel) {
	must(channel.ExchangeDeclare(exchange, "direct", true, false, false, false, nil))
}

func produce(channel *amqp.Channel, site, status, timestamp string) {
	declareExchange(channel)
	body, err := json.Marshal(map[string]string{
		"site_name": site, "site_status": status, "email": "owner@shop.example", "timestamp": timestamp})
	must(err)
	must(channel.Confirm(false))
	confirms := channel.NotifyPublish(make(chan amqp.Confirmation, 1))
	returns := channel.NotifyReturn(make(chan amqp.Return, 1))
	for {
		must(channel.Publish(exchange, key, true, false, amqp.Publishing{
			ContentType: "application/json", DeliveryMode: amqp.Persistent, Body: body}))
		if confirmed := <-confirms; !confirmed.Ack {
			log.Fatal("refused")
		}
		select {
		case <-returns:
			time.Sleep(100 * time.Millisecond) // no queue yet: the reader may start later
		default:
			return
		}
	}
}

func consume(channel *amqp.Channel) {
	declareExchange(channel)
	_, err := channel.QueueDeclare(queue, true, false, false, false, nil)
	must(err)
	must(channel.QueueBind(queue, key, exchange, false, nil))
	deliveries, err := channel.Consume(queue, "", false, false, false, false, nil)
	must(err)
	fmt.Println("ready")
	for delivery := range deliveries {
		var fields map[string]string
		must(json.Unmarshal(delivery.Body, &fields))
		fmt.Printf("%s|%s|%s|%s\n", fields["site_name"], fields["site_status"], fields["email"], fields["timestamp"])
		must(delivery.Ack(false))
	}
	log.Fatal("the subscription ended")
}

func main() {
	connection, err := amqp.Dial(os.Args[2])
	must(err)
	channel, err := connection.Channel()
	must(err)
	if os.Args[1] == "produce" {
		produce(channel, os.Args[3], os.Args[4], os.Args[5])
		must(connection.Close())
	} else {
		consume(channel)
	}
}
