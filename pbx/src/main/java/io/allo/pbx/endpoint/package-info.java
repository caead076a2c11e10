/**
 * Who may call and be called: pjsip.conf's sections as immutable records, and the directory that answers whose request one
 * is. Names and defaults are Asterisk's. Read once per load; any thread may ask.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.endpoint;
