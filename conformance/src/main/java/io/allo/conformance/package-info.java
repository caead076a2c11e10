/**
 * Real phones (baresip, linphone, sipp) against a real allo; the tests of this module hold what is proved.
 *
 * <p>Thread: the test that uses it.
 */
@org.jspecify.annotations.NullMarked
package io.allo.conformance;
