/**
 * Real phones driven as a person would: baresip, linphonec and sipp. Test kit only; one test thread owns a phone.
 */
package io.allo.conformance.phone;
