/**
 * Configuration files in Asterisk's grammar: sections, templates, inclusion, and the strict reading of a section into
 * an immutable record.
 *
 * <p>{@link io.allo.pbx.conf.ConfParser} turns text into a {@link io.allo.pbx.conf.ConfFile}; {@link
 * io.allo.pbx.conf.SectionReader} reads the options of one section, and reports what it does not understand as {@link
 * io.allo.pbx.conf.ConfProblem}s with file, line, reason and suggestion. There is no RFC for this; the reference is
 * Asterisk's documentation. Pure values, usable on any thread; only {@link io.allo.pbx.conf.ConfSource} touches files.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.conf;
