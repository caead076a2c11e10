/**
 * The files that concern the whole server: asterisk.conf ({@link io.allo.pbx.settings.AsteriskSettings}), rtp.conf ({@link
 * io.allo.pbx.settings.RtpSettings}) and cdr.conf ({@link io.allo.pbx.settings.CdrSettings}), each read strictly into an
 * immutable record with one documented default per field. No RFC; the reference is Asterisk's documentation of its sample
 * files. Pure values, any thread. Uses pbx.conf, and io.store for the columns of Master.csv.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.settings;
