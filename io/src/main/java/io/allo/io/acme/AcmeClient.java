package io.allo.io.acme;

import io.allo.io.tls.KeyAndChain;
import io.allo.io.tls.OwnKeys;
import io.allo.io.tls.TlsException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets certificates from an ACME authority (RFC 8555). The account's key is made once and kept in {@code acme/} of the state directory; the
 * certificate's key is new each time. One order at a time, on a helper thread.
 */
public final class AcmeClient {

    private static final Logger LOG = LoggerFactory.getLogger(AcmeClient.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<Status> DECIDED = EnumSet.of(Status.VALID, Status.INVALID);

    private final AcmeSettings settings;
    private final OwnKeys keys;

    /** @param stateDirectory allo's own */
    public AcmeClient(AcmeSettings settings, Path stateDirectory) {
        this.settings = settings;
        this.keys = new OwnKeys(stateDirectory.resolve("acme"));
    }

    /**
     * A new certificate for the names of the settings. Takes some seconds, minutes at most.
     *
     * @throws AcmeException if the authority refuses or can't be reached, with its own words
     */
    public synchronized KeyAndChain obtain() throws AcmeException, InterruptedException {
        if (!settings.agreesTerms()) {
            throw new AcmeException("agree_terms=yes is missing: the authority's terms have to be agreed to");
        }
        try (var challenges = HttpChallenges.open(settings.http())) {
            var order = account().newOrder().domains(settings.names()).create();
            LOG.info("ACME: {} ordered at {}", settings.names(), settings.directory());
            for (Authorization authorization : order.getAuthorizations()) {
                authorize(authorization, challenges);
            }
            return finish(order);
        } catch (AcmeNetworkException e) {
            throw new AcmeException("the authority " + settings.directory() + " can't be reached", e);
        } catch (org.shredzone.acme4j.exception.AcmeException e) {
            throw new AcmeException("the authority " + settings.directory() + " refuses", e);
        } catch (IOException e) {
            throw new AcmeException("no listener for http-01 on " + settings.http(), e);
        } catch (TlsException | GeneralSecurityException e) {
            throw new AcmeException("ACME", e);
        }
    }

    private Account account() throws org.shredzone.acme4j.exception.AcmeException, TlsException {
        var builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(keys.keep("account"));
        if (!settings.email().isEmpty()) {
            builder.addEmail(settings.email());
        }
        return builder.create(session());
    }

    private Session session() throws TlsException {
        if (settings.caFile().isEmpty()) {
            return new Session(settings.directory());
        }
        SSLContext trusting = OwnKeys.trusting(settings.caFile().get());
        return new Session(settings.directory(), new PrivateProvider(trusting));
    }

    private void authorize(Authorization authorization, HttpChallenges challenges)
            throws AcmeException, org.shredzone.acme4j.exception.AcmeException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return; // shown before, and the authority remembers
        }
        var name = authorization.getIdentifier().getDomain();
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new AcmeException("the authority offers no http-01 for " + name));
        challenges.put(challenge.getToken(), challenge.getAuthorization());
        challenge.trigger();
        if (authorization.waitForStatus(DECIDED, PATIENCE) != Status.VALID) {
            challenge.fetch();
            throw new AcmeException(
                    "the authority did not find this server as " + name + " on port 80: " + words(challenge));
        }
    }

    private static String words(Challenge challenge) {
        return challenge.getError().flatMap(Problem::getDetail).orElse("no reason given");
    }

    private KeyAndChain finish(Order order)
            throws AcmeException, TlsException, GeneralSecurityException, org.shredzone.acme4j.exception.AcmeException,
                    InterruptedException {
        KeyPair pair = OwnKeys.make();
        order.waitUntilReady(PATIENCE);
        order.execute(pair);
        if (order.waitForCompletion(PATIENCE) != Status.VALID) {
            throw new AcmeException("the order came to nothing: "
                    + order.getError().flatMap(Problem::getDetail).orElse("no reason given"));
        }
        var chain = new ArrayList<>(order.getCertificate().getCertificateChain());
        return new KeyAndChain(pair.getPrivate(), chain);
    }
}
