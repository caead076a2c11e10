package io.allo.io.calendar;

import java.time.Duration;

/**
 * Where a calendar is. Immutable.
 *
 * @param url http, https, file, or the path of a file
 * @param user for HTTP's basic authentication, "" for none
 * @param secret the password
 * @param refresh how long what was read is believed
 */
public record CalendarSource(String name, String url, String user, String secret, Duration refresh) {

    /** Without the secret. */
    @Override
    public String toString() {
        return name + " (" + url + ")";
    }
}
