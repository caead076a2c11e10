package io.allo.sip.locate;

import io.allo.core.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The orders in which records are to be tried: NAPTR by order and preference (RFC 3403), SRV by priority and weight (RFC 2782). */
final class ServiceOrder {
    private ServiceOrder() {}

    /** The NAPTR records among {@code records}, lowest order first, of one order the lowest preference. */
    static List<DnsRecord.Naptr> naptr(List<DnsRecord> records) {
        return records.stream()
                .filter(DnsRecord.Naptr.class::isInstance)
                .map(DnsRecord.Naptr.class::cast)
                .sorted(Comparator.comparingInt(DnsRecord.Naptr::order).thenComparingInt(DnsRecord.Naptr::preference))
                .toList();
    }

    /** The SRV records among {@code records}, lowest priority first, those of one priority drawn by weight. */
    static List<DnsRecord.Srv> srv(List<DnsRecord> records, RandomSource random) {
        // Weight 0 comes first among its priority, so that it has a small chance and not none.
        var left = new ArrayList<DnsRecord.Srv>();
        records.stream()
                .filter(DnsRecord.Srv.class::isInstance)
                .map(DnsRecord.Srv.class::cast)
                .sorted(Comparator.comparingInt(DnsRecord.Srv::priority).thenComparingInt(DnsRecord.Srv::weight))
                .forEach(left::add);
        var ordered = new ArrayList<DnsRecord.Srv>(left.size());
        while (!left.isEmpty()) {
            ordered.add(left.remove(drawn(left, random)));
        }
        return ordered;
    }

    /** The index of one of the records that have the first one's priority: RFC 2782's running sum of weights. */
    private static int drawn(List<DnsRecord.Srv> left, RandomSource random) {
        int end = 0;
        int sum = 0;
        while (end < left.size() && left.get(end).priority() == left.get(0).priority()) {
            sum += left.get(end++).weight();
        }
        int chosen = random.nextInt(sum + 1);
        int running = 0;
        for (int i = 0; i < end; i++) {
            running += left.get(i).weight();
            if (running >= chosen) {
                return i;
            }
        }
        throw new AssertionError("the running sum ends below " + chosen + " of " + sum);
    }
}
