/**
 * Applications that change a call's detail record: NoCDR, ResetCDR. They only append facts; {@link
 * io.allo.pbx.record.CdrFold} obeys. On the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.records;
