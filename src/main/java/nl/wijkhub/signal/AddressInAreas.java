package nl.wijkhub.signal;

import java.util.Set;

/** Whether an address lies in one of the areas of these CBS codes; not where nobody knows. */
public interface AddressInAreas {
    boolean isWithin(Address address, Set<String> codes);
}
