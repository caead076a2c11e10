package io.allo.io.dns;

import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.locate.DnsRecord;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Answers the questions of server location. Any thread may ask. Equal questions asked at one time are put to the DNS once; answers, also
 * that there is none, are kept for their TTL (at most {@value #MAX_TTL_SECONDS} s, and {@value #MAX_NEGATIVE_TTL_SECONDS} s where there
 * is none; RFC 2308); failures are not kept.
 */
public final class DnsResolver {

    /** How many different questions may wait for an answer at once; more fail at once. */
    public static final int MAX_WAITING = 1_000;

    /** How many names the cache holds. */
    public static final int MAX_CACHED = 10_000;

    /** The longest time that an answer is kept, in seconds. */
    public static final int MAX_TTL_SECONDS = 86_400;

    /** The longest time that the lack of an answer is kept, in seconds. */
    public static final int MAX_NEGATIVE_TTL_SECONDS = 300;

    /** The most records that one answer hands on. */
    public static final int MAX_RECORDS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DnsResolver.class);

    private final DnsSettings settings;
    private final Cache cache = new Cache(DClass.IN);
    private final LookupSession absolute;
    private final LookupSession searching;
    private final ConcurrentHashMap<DnsQuestion, CompletableFuture<DnsAnswer>> waiting = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder joined = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Asks the servers of {@code settings}, or those of the system where it names none; opens nothing yet. */
    public DnsResolver(DnsSettings settings) {
        this.settings = settings;
        cache.setMaxEntries(MAX_CACHED);
        cache.setMaxCache(MAX_TTL_SECONDS);
        cache.setMaxNCache(MAX_NEGATIVE_TTL_SECONDS);
        var resolver = resolver(settings);
        this.absolute = session(resolver, List.of());
        this.searching = session(resolver, ResolverConfig.getCurrentConfig().searchPath());
    }

    /** Asks; the answer, also that nobody gave one, is handed to {@code answer} exactly once, on a virtual thread. */
    public void ask(DnsQuestion question, Consumer<DnsAnswer> answer) {
        Thread.ofVirtual().name("dns").start(() -> answer.accept(resolve(question)));
    }

    /** Asks and waits, at most for the settings' timeout; for virtual threads that may wait. */
    public DnsAnswer resolve(DnsQuestion question) {
        var mine = new CompletableFuture<DnsAnswer>();
        var first = waiting.putIfAbsent(question, mine);
        if (first != null) {
            joined.increment();
            return await(first);
        }
        try {
            if (waiting.size() > MAX_WAITING) {
                refused.increment();
                mine.complete(DnsAnswer.FAILED);
            } else {
                asked.increment();
                mine.complete(lookUp(question));
            }
        } finally {
            waiting.remove(question, mine);
            mine.complete(DnsAnswer.FAILED); // only where something was thrown
        }
        return await(mine);
    }

    /** Forgets all answers. */
    public void forget() {
        cache.clearCache();
    }

    /** How many questions were looked up (in the cache or by a server), for metrics. */
    public long asked() {
        return asked.sum();
    }

    /** How many questions waited for an equal one to be answered. */
    public long joined() {
        return joined.sum();
    }

    /** How many of {@link #asked} nobody answered. */
    public long failed() {
        return failed.sum();
    }

    /** How many failed at once because {@link #MAX_WAITING} others waited. */
    public long refused() {
        return refused.sum();
    }

    private DnsAnswer await(CompletableFuture<DnsAnswer> future) {
        try {
            return future.get(settings.timeout().toMillis() + GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DnsAnswer.FAILED;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("waiting for another's question failed", e);
            return DnsAnswer.FAILED;
        }
    }

    private DnsAnswer lookUp(DnsQuestion question) {
        Name name;
        try {
            name = Name.fromString(ascii(question.name()));
        } catch (TextParseException | IllegalArgumentException e) {
            LOG.debug("no name for the DNS: {}", question.name(), e);
            return DnsAnswer.NONE;
        }
        boolean single = question.name().indexOf('.') < 0;
        try {
            var found = single
                    ? searching.lookupAsync(name, type(question.type()))
                    : absolute.lookupAsync(Name.concatenate(name, Name.root), type(question.type()));
            var result = found.toCompletableFuture().get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new DnsAnswer(records(result.getRecords()), false);
        } catch (ExecutionException e) {
            return isMissing(e) ? DnsAnswer.NONE : failure(question, e);
        } catch (TimeoutException | NameTooLongException e) {
            return failure(question, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(question, e);
        }
    }

    /** The DNS did answer: there is no such name, or it has no such record. */
    private static boolean isMissing(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException;
    }

    private DnsAnswer failure(DnsQuestion question, Throwable cause) {
        failed.increment();
        LOG.debug("no answer from the DNS to {} {}", question.type(), question.name(), cause);
        return DnsAnswer.FAILED;
    }

    private static List<DnsRecord> records(List<Record> found) {
        var records = new ArrayList<DnsRecord>();
        for (Record record : found) {
            if (records.size() == MAX_RECORDS) {
                break;
            }
            switch (record) {
                case NAPTRRecord naptr ->
                    records.add(new DnsRecord.Naptr(
                            naptr.getOrder(),
                            naptr.getPreference(),
                            naptr.getFlags(),
                            naptr.getService(),
                            naptr.getRegexp(),
                            text(naptr.getReplacement())));
                case SRVRecord srv ->
                    records.add(new DnsRecord.Srv(
                            srv.getPriority(), srv.getWeight(), srv.getPort(), text(srv.getTarget())));
                case ARecord a ->
                    records.add(new DnsRecord.Address(a.getAddress().getHostAddress()));
                case AAAARecord aaaa ->
                    records.add(new DnsRecord.Address(aaaa.getAddress().getHostAddress()));
                default -> LOG.debug("not asked for: {}", record);
            }
        }
        return records;
    }

    /** A name without its final dot; the root is empty. */
    private static String text(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true);
    }

    private static String ascii(String name) {
        return name.chars().allMatch(c -> c < 128) ? name : IDN.toASCII(name);
    }

    private static int type(DnsQuestion.Type type) {
        return switch (type) {
            case NAPTR -> Type.NAPTR;
            case SRV -> Type.SRV;
            case A -> Type.A;
            case AAAA -> Type.AAAA;
        };
    }

    private LookupSession session(Resolver resolver, List<Name> searchPath) {
        var builder = LookupSession.builder().resolver(resolver).cache(cache).searchPath(searchPath);
        if (settings.hostsFile()) {
            builder.defaultHostsFileParser();
        }
        return builder.build();
    }

    private static Resolver resolver(DnsSettings settings) {
        var servers =
                settings.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : settings.servers();
        var resolvers = new ArrayList<Resolver>();
        for (var server : servers) {
            var resolver = new SimpleResolver(server);
            resolver.setTimeout(settings.tryTimeout());
            resolvers.add(resolver);
        }
        var all = new ExtendedResolver(resolvers);
        all.setTimeout(settings.timeout());
        all.setRetries(settings.tries());
        return all;
    }

    /** Who waits for another's question waits a little longer than that one. */
    private static final int GRACE_MS = 500;
}
