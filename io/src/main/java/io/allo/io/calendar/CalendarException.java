package io.allo.io.calendar;

/** A calendar can't be had; the message says why. */
public final class CalendarException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public CalendarException(String message) {
        super(message);
    }
}
