/**
 * The dialplan: its model and parser, patterns, expressions, the replacing of variables, and the runner that walks a
 * channel through it. Asterisk's grammar is the specification; differences are in docs/conformance.md.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.dialplan;
