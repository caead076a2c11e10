package io.allo.bench;

/** A measurement that can't be made: a program is missing, allo does not start or does not answer. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
