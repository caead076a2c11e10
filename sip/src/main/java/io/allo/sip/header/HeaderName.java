package io.allo.sip.header;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of header fields, in the spelling we write; which have a compact form and which are comma-separated lists. RFC 3261 section 20. */
public final class HeaderName {
    /** RFC 3261 section 20.1. */
    public static final String ACCEPT = "Accept";
    /** RFC 3841. */
    public static final String ACCEPT_CONTACT = "Accept-Contact";
    /** RFC 3261 section 20.2. */
    public static final String ACCEPT_ENCODING = "Accept-Encoding";
    /** RFC 3261 section 20.3. */
    public static final String ACCEPT_LANGUAGE = "Accept-Language";
    /** RFC 3261 section 20.4. */
    public static final String ALERT_INFO = "Alert-Info";
    /** RFC 3261 section 20.5. */
    public static final String ALLOW = "Allow";
    /** RFC 6665 section 8.2.2. */
    public static final String ALLOW_EVENTS = "Allow-Events";
    /** RFC 3261 section 20.6. */
    public static final String AUTHENTICATION_INFO = "Authentication-Info";
    /** RFC 3261 section 20.7. */
    public static final String AUTHORIZATION = "Authorization";
    /** RFC 3261 section 20.8. */
    public static final String CALL_ID = "Call-ID";
    /** RFC 3261 section 20.9. */
    public static final String CALL_INFO = "Call-Info";
    /** RFC 3261 section 20.10. */
    public static final String CONTACT = "Contact";
    /** RFC 3261 section 20.11. */
    public static final String CONTENT_DISPOSITION = "Content-Disposition";
    /** RFC 3261 section 20.12. */
    public static final String CONTENT_ENCODING = "Content-Encoding";
    /** RFC 8262. */
    public static final String CONTENT_ID = "Content-ID";
    /** RFC 3261 section 20.13. */
    public static final String CONTENT_LANGUAGE = "Content-Language";
    /** RFC 3261 section 20.14. */
    public static final String CONTENT_LENGTH = "Content-Length";
    /** RFC 2045, in body parts. */
    public static final String CONTENT_TRANSFER_ENCODING = "Content-Transfer-Encoding";
    /** RFC 3261 section 20.15. */
    public static final String CONTENT_TYPE = "Content-Type";
    /** RFC 3261 section 20.16. */
    public static final String CSEQ = "CSeq";
    /** RFC 3261 section 20.17. */
    public static final String DATE = "Date";
    /** RFC 5806. */
    public static final String DIVERSION = "Diversion";
    /** RFC 3261 section 20.18. */
    public static final String ERROR_INFO = "Error-Info";
    /** RFC 6665 section 8.2.1. */
    public static final String EVENT = "Event";
    /** RFC 3261 section 20.19. */
    public static final String EXPIRES = "Expires";
    /** RFC 5626 section 10. */
    public static final String FLOW_TIMER = "Flow-Timer";
    /** RFC 3261 section 20.20. */
    public static final String FROM = "From";
    /** RFC 6442. */
    public static final String GEOLOCATION = "Geolocation";
    /** RFC 7044. */
    public static final String HISTORY_INFO = "History-Info";
    /** RFC 8224. */
    public static final String IDENTITY = "Identity";
    /** RFC 6086. */
    public static final String INFO_PACKAGE = "Info-Package";
    /** RFC 3261 section 20.21. */
    public static final String IN_REPLY_TO = "In-Reply-To";
    /** RFC 3911. */
    public static final String JOIN = "Join";
    /** RFC 3261 section 20.22. */
    public static final String MAX_FORWARDS = "Max-Forwards";
    /** RFC 3261 section 20.24. */
    public static final String MIME_VERSION = "MIME-Version";
    /** RFC 3261 section 20.23. */
    public static final String MIN_EXPIRES = "Min-Expires";
    /** RFC 4028 section 5. */
    public static final String MIN_SE = "Min-SE";
    /** RFC 3261 section 20.25. */
    public static final String ORGANIZATION = "Organization";
    /** RFC 3325 section 9.1. */
    public static final String P_ASSERTED_IDENTITY = "P-Asserted-Identity";
    /** RFC 7315. */
    public static final String P_ASSOCIATED_URI = "P-Associated-URI";
    /** RFC 7315. */
    public static final String P_CALLED_PARTY_ID = "P-Called-Party-ID";
    /** RFC 3325 section 9.2. */
    public static final String P_PREFERRED_IDENTITY = "P-Preferred-Identity";
    /** RFC 3327. */
    public static final String PATH = "Path";
    /** RFC 3261 section 20.26. */
    public static final String PRIORITY = "Priority";
    /** RFC 3323. */
    public static final String PRIVACY = "Privacy";
    /** RFC 3261 section 20.27. */
    public static final String PROXY_AUTHENTICATE = "Proxy-Authenticate";
    /** RFC 3261 section 20.28. */
    public static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
    /** RFC 3261 section 20.29. */
    public static final String PROXY_REQUIRE = "Proxy-Require";
    /** RFC 3262 section 7.2. */
    public static final String RACK = "RAck";
    /** RFC 3326. */
    public static final String REASON = "Reason";
    /** RFC 3261 section 20.30. */
    public static final String RECORD_ROUTE = "Record-Route";
    /** RFC 6086. */
    public static final String RECV_INFO = "Recv-Info";
    /** RFC 4488. */
    public static final String REFER_SUB = "Refer-Sub";
    /** RFC 3515. */
    public static final String REFER_TO = "Refer-To";
    /** RFC 3892. */
    public static final String REFERRED_BY = "Referred-By";
    /** RFC 3841. */
    public static final String REJECT_CONTACT = "Reject-Contact";
    /** draft-ietf-sip-privacy-04, which many phones speak. */
    public static final String REMOTE_PARTY_ID = "Remote-Party-ID";
    /** RFC 3891. */
    public static final String REPLACES = "Replaces";
    /** RFC 3261 section 20.31. */
    public static final String REPLY_TO = "Reply-To";
    /** RFC 3841. */
    public static final String REQUEST_DISPOSITION = "Request-Disposition";
    /** RFC 3261 section 20.32. */
    public static final String REQUIRE = "Require";
    /** RFC 4412. */
    public static final String RESOURCE_PRIORITY = "Resource-Priority";
    /** RFC 3261 section 20.33. */
    public static final String RETRY_AFTER = "Retry-After";
    /** RFC 3261 section 20.34. */
    public static final String ROUTE = "Route";
    /** RFC 3262 section 7.1. */
    public static final String RSEQ = "RSeq";
    /** RFC 3329. */
    public static final String SECURITY_CLIENT = "Security-Client";
    /** RFC 3329. */
    public static final String SECURITY_SERVER = "Security-Server";
    /** RFC 3329. */
    public static final String SECURITY_VERIFY = "Security-Verify";
    /** RFC 3261 section 20.35. */
    public static final String SERVER = "Server";
    /** RFC 3608. */
    public static final String SERVICE_ROUTE = "Service-Route";
    /** RFC 4028 section 4. */
    public static final String SESSION_EXPIRES = "Session-Expires";
    /** RFC 3903. */
    public static final String SIP_ETAG = "SIP-ETag";
    /** RFC 3903. */
    public static final String SIP_IF_MATCH = "SIP-If-Match";
    /** RFC 3261 section 20.36. */
    public static final String SUBJECT = "Subject";
    /** RFC 6665 section 8.2.3. */
    public static final String SUBSCRIPTION_STATE = "Subscription-State";
    /** RFC 3261 section 20.37. */
    public static final String SUPPORTED = "Supported";
    /** RFC 4538. */
    public static final String TARGET_DIALOG = "Target-Dialog";
    /** RFC 3261 section 20.38. */
    public static final String TIMESTAMP = "Timestamp";
    /** RFC 3261 section 20.39. */
    public static final String TO = "To";
    /** RFC 3261 section 20.40. */
    public static final String UNSUPPORTED = "Unsupported";
    /** RFC 3261 section 20.41. */
    public static final String USER_AGENT = "User-Agent";
    /** RFC 3261 section 20.42. */
    public static final String VIA = "Via";
    /** RFC 3261 section 20.43. */
    public static final String WARNING = "Warning";
    /** RFC 3261 section 20.44. */
    public static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    private HeaderName() {}

    /** The name as we spell it, the compact form written out; a name we do not know comes back as it is. */
    public static String canonical(String name) {
        String known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        known = KNOWN.get(name.toLowerCase(Locale.ROOT));
        return known == null ? name : known;
    }

    /** Whether the values of that header stand in a comma-separated list, so that several lines equal one. RFC 3261 section 7.3.1. */
    public static boolean isList(String name) {
        return LISTS.contains(canonical(name));
    }

    /** The one-letter form of a canonical name, or the name itself. */
    public static String compact(String canonicalName) {
        return COMPACT.getOrDefault(canonicalName, canonicalName);
    }

    /** The canonical name in {@code bytes[from, to)}; throws nothing, allocates only for a name we do not know. */
    public static String of(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (bytes[i] | 0x20);
        }
        for (int slot = spread(hash); TABLE[slot] != null; slot = (slot + 1) & (TABLE.length - 1)) {
            if (equalIgnoringCase(SPELLED[slot], bytes, from, to)) {
                return TABLE[slot];
            }
        }
        return new String(bytes, 0, from, to - from);
    }

    private static boolean equalIgnoringCase(String lower, byte[] bytes, int from, int to) {
        if (lower.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int b = bytes[i];
            if (b >= 'A' && b <= 'Z') {
                b += 32;
            }
            if (b != lower.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        return (hash ^ hash >>> 7 ^ hash >>> 15) & (TABLE_SIZE - 1);
    }

    private static void enter(String spelling, String canonical) {
        String lower = spelling.toLowerCase(Locale.ROOT);
        KNOWN.put(canonical, canonical);
        KNOWN.put(spelling, canonical);
        KNOWN.put(lower, canonical);
        int hash = 0;
        for (int i = 0; i < lower.length(); i++) {
            hash = hash * 31 + (lower.charAt(i) | 0x20);
        }
        int slot = spread(hash);
        while (TABLE[slot] != null) {
            slot = (slot + 1) & (TABLE_SIZE - 1);
        }
        TABLE[slot] = canonical;
        SPELLED[slot] = lower;
    }

    private static final int TABLE_SIZE = 512;
    private static final String[] TABLE = new String[TABLE_SIZE];
    private static final String[] SPELLED = new String[TABLE_SIZE];
    private static final Map<String, String> KNOWN = new HashMap<>();

    /** RFC 3261 section 20, RFC 6665, 3515, 3892, 4028, 3841, 8224. */
    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry(ACCEPT_CONTACT, "a"),
            Map.entry(REFERRED_BY, "b"),
            Map.entry(CONTENT_TYPE, "c"),
            Map.entry(REQUEST_DISPOSITION, "d"),
            Map.entry(CONTENT_ENCODING, "e"),
            Map.entry(FROM, "f"),
            Map.entry(CALL_ID, "i"),
            Map.entry(REJECT_CONTACT, "j"),
            Map.entry(SUPPORTED, "k"),
            Map.entry(CONTENT_LENGTH, "l"),
            Map.entry(CONTACT, "m"),
            Map.entry(EVENT, "o"),
            Map.entry(REFER_TO, "r"),
            Map.entry(SUBJECT, "s"),
            Map.entry(TO, "t"),
            Map.entry(ALLOW_EVENTS, "u"),
            Map.entry(VIA, "v"),
            Map.entry(SESSION_EXPIRES, "x"),
            Map.entry(IDENTITY, "y"));

    private static final Set<String> LISTS = new HashSet<>(Set.of(
            ACCEPT,
            ACCEPT_CONTACT,
            ACCEPT_ENCODING,
            ACCEPT_LANGUAGE,
            ALERT_INFO,
            ALLOW,
            ALLOW_EVENTS,
            CALL_INFO,
            CONTACT,
            CONTENT_ENCODING,
            CONTENT_LANGUAGE,
            DIVERSION,
            ERROR_INFO,
            GEOLOCATION,
            HISTORY_INFO,
            IN_REPLY_TO,
            P_ASSERTED_IDENTITY,
            P_ASSOCIATED_URI,
            P_PREFERRED_IDENTITY,
            PATH,
            PROXY_REQUIRE,
            REASON,
            RECORD_ROUTE,
            RECV_INFO,
            REJECT_CONTACT,
            REMOTE_PARTY_ID,
            REQUEST_DISPOSITION,
            REQUIRE,
            RESOURCE_PRIORITY,
            ROUTE,
            SECURITY_CLIENT,
            SECURITY_SERVER,
            SECURITY_VERIFY,
            SERVICE_ROUTE,
            SUPPORTED,
            UNSUPPORTED,
            VIA,
            WARNING));

    /** Names with neither compact form nor list grammar. */
    private static final Set<String> SINGLE = Set.of(
            AUTHENTICATION_INFO,
            AUTHORIZATION,
            CONTENT_DISPOSITION,
            CONTENT_ID,
            CONTENT_TRANSFER_ENCODING,
            CSEQ,
            DATE,
            EXPIRES,
            FLOW_TIMER,
            INFO_PACKAGE,
            JOIN,
            MAX_FORWARDS,
            MIME_VERSION,
            MIN_EXPIRES,
            MIN_SE,
            ORGANIZATION,
            P_CALLED_PARTY_ID,
            PRIORITY,
            PRIVACY,
            PROXY_AUTHENTICATE,
            PROXY_AUTHORIZATION,
            RACK,
            REFER_SUB,
            REPLACES,
            REPLY_TO,
            RETRY_AFTER,
            RSEQ,
            SERVER,
            SIP_ETAG,
            SIP_IF_MATCH,
            SUBSCRIPTION_STATE,
            TARGET_DIALOG,
            TIMESTAMP,
            USER_AGENT,
            WWW_AUTHENTICATE);

    static {
        COMPACT.forEach((name, letter) -> enter(letter, name));
        COMPACT.keySet().forEach(name -> enter(name, name));
        LISTS.stream().filter(name -> !COMPACT.containsKey(name)).forEach(name -> enter(name, name));
        SINGLE.forEach(name -> enter(name, name));
    }
}
