/**
 * Calendars of the outside: fetched over HTTP or read from a file, understood by ical4j (RFC 5545), kept for a while. Any
 * thread, on helpers: it waits.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.calendar;
