package io.allo.gate.metrics;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What can be measured, by name. A room adds a figure with a way to read it; it is read when somebody asks, on the asker's thread, so reading
 * must not wait. At most {@link #LIMIT} figures. Any thread.
 */
public final class Metrics {

    /** Figures there can be. */
    public static final int LIMIT = 2_000;

    private record Figure(String labels, DoubleSupplier value) {}

    private record Family(String type, String help, Map<String, Figure> figures) {}

    private final Map<String, Family> families = new TreeMap<>();
    private int count;

    /** Adds a figure that goes up and down: {@code allo_calls}. */
    public Metrics gauge(String name, String help, DoubleSupplier value) {
        return add("gauge", name, help, Map.of(), value);
    }

    /** Adds a gauge with labels, {@code {transport="UDP"}}. */
    public Metrics gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        return add("gauge", name, help, labels, value);
    }

    /** Adds a figure that only goes up; its name ends in {@code _total}. */
    public Metrics counter(String name, String help, LongSupplier value) {
        return add("counter", name, help, Map.of(), value::getAsLong);
    }

    /** Adds a counter with labels. */
    public Metrics counter(String name, String help, Map<String, String> labels, LongSupplier value) {
        return add("counter", name, help, labels, value::getAsLong);
    }

    private synchronized Metrics add(
            String type, String name, String help, Map<String, String> labels, DoubleSupplier value) {
        if (!name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            throw new IllegalArgumentException(name + " is no name of a metric");
        }
        var family = families.computeIfAbsent(name, unknown -> new Family(type, help, new LinkedHashMap<>()));
        if (!family.type().equals(type)) {
            throw new IllegalArgumentException(name + " is a " + family.type() + " already");
        }
        var text = labels(labels);
        if (family.figures().put(text, new Figure(text, value)) == null && ++count > LIMIT) {
            throw new IllegalStateException("more than " + LIMIT + " metrics");
        }
        return this;
    }

    /** All figures as Prometheus reads them; one that can't be read now is {@code NaN}. */
    public synchronized String text() {
        var out = new StringBuilder(8_192);
        families.forEach((name, family) -> {
            out.append("# HELP ").append(name).append(' ').append(help(family.help()));
            out.append("\n# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            for (var figure : family.figures().values()) {
                out.append(name).append(figure.labels()).append(' ');
                out.append(number(figure.value())).append('\n');
            }
        });
        return out.toString();
    }

    private static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        var out = new StringBuilder("{");
        new TreeMap<>(labels).forEach((name, value) -> {
            if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
                throw new IllegalArgumentException(name + " is no name of a label");
            }
            out.append(out.length() > 1 ? "," : "").append(name).append("=\"");
            out.append(help(value).replace("\"", "\\\"")).append('"');
        });
        return out.append('}').toString();
    }

    private static String help(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(DoubleSupplier value) {
        double read;
        try {
            read = value.getAsDouble();
        } catch (RuntimeException unreadable) {
            return "NaN";
        }
        if (Double.isNaN(read)) {
            return "NaN";
        }
        if (Double.isInfinite(read)) {
            return read > 0 ? "+Inf" : "-Inf";
        }
        return BigDecimal.valueOf(read).stripTrailingZeros().toPlainString();
    }
}
