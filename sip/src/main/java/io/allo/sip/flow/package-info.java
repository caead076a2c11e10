/**
 * Where messages travel and how a machine says what is to be done: the name of a socket or connection, and the list a step fills for its
 * driver. Values and single-owner lists. Uses sip.address.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.flow;
