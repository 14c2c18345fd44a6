package org.springframework.boot.amqp;

/** Stands for a class of Spring Boot that the starter must not be compiled against. */
public class RabbitStandIn {}
