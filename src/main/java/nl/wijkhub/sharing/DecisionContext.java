package nl.wijkhub.sharing;

import java.time.Clock;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.signal.SignalStore;

/**
 * Every decision about a signal is made with these.
 *
 * @param inForce the agreement that is decided under
 * @param recipients who is there where the signal is about
 * @param signals what was accepted
 * @param releases what was decided before
 * @param match whose household it is
 * @param inputs what is known at the moment of deciding: consents, objections, what was read
 * @param trail where the decision and its logs are written
 */
public record DecisionContext(
        AgreementInForce inForce,
        RecipientsOfPlace recipients,
        SignalStore signals,
        ReleaseStore releases,
        HouseholdMatch match,
        SharingInputs inputs,
        DecisionTrail trail,
        Clock clock) {}
