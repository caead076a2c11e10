/**
 * Figures for a monitoring system in the text format of Prometheus (version 0.0.4): {@link io.allo.gate.metrics.Metrics} collects what other
 * rooms let it read, {@link io.allo.gate.metrics.MetricsServer} shows it over HTTP where http.conf and prometheus.conf ask for that.
 *
 * <p>No RFC but 9110 for HTTP and 7617 for its password. Threads: any; the server has virtual ones of its own.
 */
@org.jspecify.annotations.NullMarked
package io.allo.gate.metrics;
