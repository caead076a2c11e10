package io.allo.sip.message;

import io.allo.sip.address.SipParseException;
import io.allo.sip.header.ContentDispositionHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server checks on one request alone, in the order of RFC 3261 section 8.2: headers well-formed (400), method known (501) and allowed (405), URI scheme (416),
 * Require (420), body encoding and type (415). Sets of what the server understands: URI schemes in lower case, methods, option tags in lower case,
 * media types as {@code type/subtype}.
 */
public record RequestCheck(
        Set<String> schemes, Set<SipMethod> methods, Set<String> optionTags, Set<String> mediaTypes) {

    /** Why a request is refused: the answer's status and reason, and the headers that say what would do. */
    public record Rejection(int status, String reason, Headers headers) {
        /** The answer to send. */
        public SipResponse answer(SipRequest request, @Nullable String toTag) {
            SipResponse answer = SipResponse.to(request, status, reason, toTag);
            Headers.Builder all = answer.headers().toBuilder();
            headers.forEach(all::add);
            return answer.withHeaders(all.build());
        }
    }

    public RequestCheck {
        schemes = Set.copyOf(schemes);
        methods = Set.copyOf(methods);
        optionTags = Set.copyOf(optionTags);
        mediaTypes = Set.copyOf(mediaTypes);
    }

    /** The first reason to refuse the request, or null. An ACK that is refused is dropped, never answered. */
    public @Nullable Rejection check(SipRequest request) {
        Rejection rejection = headers(request);
        if (rejection == null) {
            rejection = method(request);
        }
        if (rejection == null && !schemes.contains(request.uri().scheme())) {
            rejection = new Rejection(416, StatusCode.reason(416), Headers.EMPTY);
        }
        if (rejection == null) {
            rejection = require(request);
        }
        return rejection == null ? body(request) : rejection;
    }

    private @Nullable Rejection method(SipRequest request) {
        if (methods.contains(request.method())) {
            return null;
        }
        int status = request.method().isKnown() ? 405 : 501;
        List<String> allowed = methods.stream().map(SipMethod::name).sorted().toList();
        return new Rejection(
                status, StatusCode.reason(status), Headers.EMPTY.with(HeaderName.ALLOW, String.join(", ", allowed)));
    }

    /** RFC 3261 section 8.2.2.3; ACK and CANCEL are not refused for it. */
    private @Nullable Rejection require(SipRequest request) {
        if (request.method().equals(SipMethod.ACK) || request.method().equals(SipMethod.CANCEL)) {
            return null;
        }
        var unknown = new ArrayList<String>();
        for (String tag : request.headers().all(HeaderName.REQUIRE)) {
            if (!optionTags.contains(tag.toLowerCase(java.util.Locale.ROOT))) {
                unknown.add(tag);
            }
        }
        return unknown.isEmpty()
                ? null
                : new Rejection(
                        420,
                        StatusCode.reason(420),
                        Headers.EMPTY.with(HeaderName.UNSUPPORTED, String.join(", ", unknown)));
    }

    /** RFC 3261 section 8.2.3. */
    private @Nullable Rejection body(SipRequest request) {
        if (!request.hasBody()) {
            return null;
        }
        for (String encoding : request.headers().all(HeaderName.CONTENT_ENCODING)) {
            if (!encoding.equalsIgnoreCase("identity")) {
                return new Rejection(
                        415, StatusCode.reason(415), Headers.EMPTY.with(HeaderName.ACCEPT_ENCODING, "identity"));
            }
        }
        MediaType type = request.contentType();
        ContentDispositionHeader disposition =
                request.headers().typedFirst(HeaderName.CONTENT_DISPOSITION, ContentDispositionHeader::parse);
        if (type == null || understands(type) || disposition != null && disposition.isOptional()) {
            return null;
        }
        List<String> accepted = mediaTypes.stream().sorted().toList();
        return new Rejection(
                415, StatusCode.reason(415), Headers.EMPTY.with(HeaderName.ACCEPT, String.join(", ", accepted)));
    }

    private boolean understands(MediaType type) {
        return type.isMultipart() || mediaTypes.contains(type.full());
    }

    private static @Nullable Rejection headers(SipRequest request) {
        try {
            HeaderCheck.check(request.headers());
            return null;
        } catch (SipParseException malformed) {
            return new Rejection(400, malformed.what(), Headers.EMPTY);
        }
    }
}
