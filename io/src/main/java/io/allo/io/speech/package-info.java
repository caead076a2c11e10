/**
 * Text to speech by programs of the system (espeak-ng, flite, or a command of the administrator's), each run as a process of
 * its own: their licences and faults stay outside. What was spoken is kept as files. Any thread, on helpers: it waits.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.speech;
