/**
 * CALENDAR_BUSY, CALENDAR_QUERY, CALENDAR_QUERY_RESULT and CALENDAR_EVENT on the calendars of calendar.conf, which
 * {@link io.allo.io.calendar} fetches. On each call's own thread; helpers wait for the network.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.calendar;
