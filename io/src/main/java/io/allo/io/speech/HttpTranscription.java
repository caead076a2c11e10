package io.allo.io.speech;

import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;

/**
 * Text by a server: the WAV is the body of a POST, the language a header, plain text the answer. Any thread.
 *
 * @param url {@code http://...} or {@code https://...}
 * @param token sent as bearer token (RFC 6750); empty for none
 * @param limitSeconds how long it may take
 */
public record HttpTranscription(URI url, String token, int limitSeconds) implements Transcription {

    @Override
    public String text(SeekableByteChannel sound, SoundFormat format, String language) throws SpeechException {
        var limit = Duration.ofSeconds(limitSeconds);
        try (var client = HttpClient.newBuilder().connectTimeout(limit).build()) {
            var request = HttpRequest.newBuilder(url)
                    .timeout(limit)
                    .header("Content-Type", "audio/wav")
                    .header("Accept", "text/plain")
                    .header("Content-Language", language)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            Channels.newInputStream(sound).readAllBytes()));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new SpeechException(
                        url + " answers " + answer.statusCode(), url + " répond " + answer.statusCode());
            }
            return Transcription.tidy(answer.body());
        } catch (IOException | IllegalArgumentException failed) {
            throw new SpeechException(url + ": " + failed, url + " : " + failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SpeechException(url + ": interrupted", url + " : interrompu");
        }
    }

    /** Never says the token. */
    @Override
    public String toString() {
        return "HttpTranscription[" + url + "]";
    }
}
