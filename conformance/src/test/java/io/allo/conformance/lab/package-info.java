/**
 * The laboratory: network namespaces, programs that run in them and what they print.
 *
 * <p>Test kit only. Every process is started here and only these processes are ended here. One test thread owns a lab;
 * what a process prints is read by a virtual thread of its own.
 */
package io.allo.conformance.lab;
