/**
 * Call detail records: {@link io.allo.pbx.record.CdrFold} folds the facts of a call into {@link
 * io.allo.pbx.record.CallDetailRecord}s as Asterisk 12 and later makes them, one for each pair of channels; {@link
 * io.allo.pbx.record.CdrRecorder} folds every call as its facts come and gives the records away when the call is over.
 *
 * <p>No RFC; the reference is Asterisk's "CDR specification". Threads: the fold is pure and owned by its user; the recorder
 * is a board. Uses pbx.event and pbx.settings, and io.store for the row that a record becomes.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.record;
