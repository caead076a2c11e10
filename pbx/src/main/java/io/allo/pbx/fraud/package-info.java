/**
 * Who may call the public network, and how much: permission classes, countries, premium numbers, ceilings per user and day,
 * hours, emergency numbers, one-ring calls. {@link io.allo.pbx.fraud.FraudGuard} answers the question that pbx.call.ring asks
 * before each call; what it counts is a board, told by the event bus. Numbers are understood by ITU-T E.164 and the national
 * plans of libphonenumber. Uses pbx.call.ring, pbx.endpoint, pbx.event, pbx.conf, pbx.dialplan; knows no sockets and no database.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.fraud;
