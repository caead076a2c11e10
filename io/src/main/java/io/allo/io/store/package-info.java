/**
 * What outlives the process: registered contacts and call detail records in an embedded database (SQLite), and the records once more in
 * Asterisk's Master.csv.
 *
 * <p>Threads: {@link io.allo.io.store.Store} and {@link io.allo.io.store.CdrCsv} each write on a thread of their own, in batches, so that
 * neither the SIP loop nor a call ever waits for a disk. Uses core and sip.registrar.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.store;
