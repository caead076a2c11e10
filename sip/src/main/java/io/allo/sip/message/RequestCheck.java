package io.allo.sip.message;

import io.allo.sip.address.SipParseException;
import io.allo.sip.header.ContentDispositionHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MediaType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server checks on one request alone, in the order of RFC 3261 section 8.2: headers well-formed (400), method known (501) and
 * allowed (405), URI scheme (416), Require (420), body encoding and type (415), Accept of an INVITE (406). What the server understands: URI
 * schemes and option tags in lower case, methods, media types as {@code type/subtype}.
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
        try {
            HeaderCheck.check(request);
            Rejection rejection = method(request);
            rejection = rejection != null ? rejection : scheme(request);
            rejection = rejection != null ? rejection : require(request);
            rejection = rejection != null ? rejection : body(request);
            return rejection != null ? rejection : accept(request);
        } catch (SipParseException malformed) {
            return new Rejection(400, malformed.what(), Headers.EMPTY);
        }
    }

    private @Nullable Rejection method(SipRequest request) {
        if (methods.contains(request.method())) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        methods.forEach(method -> names.add(method.name()));
        return rejection(request.method().isKnown() ? 405 : 501, HeaderName.ALLOW, names);
    }

    private @Nullable Rejection scheme(SipRequest request) {
        return schemes.contains(request.uri().scheme())
                ? null
                : new Rejection(416, StatusCode.reason(416), Headers.EMPTY);
    }

    /** RFC 3261 section 8.2.2.3; ACK and CANCEL are not refused for it. */
    private @Nullable Rejection require(SipRequest request) {
        if (request.method().equals(SipMethod.ACK) || request.method().equals(SipMethod.CANCEL)) {
            return null;
        }
        List<String> unknown = new ArrayList<>();
        for (String tag : request.headers().all(HeaderName.REQUIRE)) {
            if (!optionTags.contains(tag.toLowerCase(Locale.ROOT))) {
                unknown.add(tag);
            }
        }
        return unknown.isEmpty() ? null : rejection(420, HeaderName.UNSUPPORTED, unknown);
    }

    /** RFC 3261 section 8.2.3. */
    private @Nullable Rejection body(SipRequest request) {
        if (!request.hasBody()) {
            return null;
        }
        for (String encoding : request.headers().all(HeaderName.CONTENT_ENCODING)) {
            if (!encoding.equalsIgnoreCase("identity")) {
                return rejection(415, HeaderName.ACCEPT_ENCODING, List.of("identity"));
            }
        }
        MediaType type = request.contentType();
        ContentDispositionHeader disposition =
                request.headers().typedFirst(HeaderName.CONTENT_DISPOSITION, ContentDispositionHeader::parse);
        boolean optional = disposition != null && disposition.isOptional();
        return type == null || optional || understands(type, request.body(), MultipartBody.MAX_DEPTH)
                ? null
                : rejection(415, HeaderName.ACCEPT, new TreeSet<>(mediaTypes));
    }

    /** An INVITE whose Accept leaves out every type we could answer with. RFC 3261 section 20.1, RFC 4475 section 3.3.15. */
    private @Nullable Rejection accept(SipRequest request) {
        if (!request.method().equals(SipMethod.INVITE) || !request.headers().has(HeaderName.ACCEPT)) {
            return null;
        }
        for (MediaType range : request.headers().typed(HeaderName.ACCEPT, MediaType::parse)) {
            if (range.includes(MediaType.SDP) || range.isMultipart()) {
                return null;
            }
        }
        return new Rejection(406, StatusCode.reason(406), Headers.EMPTY);
    }

    /**
     * Whether a body can be acted on: of a multipart, at least one part, and every part that says {@code handling=required} unless the parts
     * are alternatives. RFC 5621 sections 3 and 8, but a part without a Content-Disposition does not count as required.
     */
    private boolean understands(MediaType type, byte[] content, int depth) {
        if (!type.isMultipart()) {
            return mediaTypes.contains(type.full());
        }
        if (depth == 0) {
            throw new SipParseException("Body parts nested too deep");
        }
        boolean any = false;
        for (MultipartBody.Part part : MultipartBody.parse(type, content).parts()) {
            boolean understood = understands(part.contentType(), part.content(), depth - 1);
            if (!understood && !type.subtype().equals("alternative") && part.saysRequired()) {
                return false;
            }
            any |= understood;
        }
        return any;
    }

    private static Rejection rejection(int status, String header, Collection<String> values) {
        return new Rejection(status, StatusCode.reason(status), Headers.EMPTY.with(header, String.join(", ", values)));
    }
}
