package emr.identity;

import emr.exchange.record.HospitalId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which hospital a number stands for: asked twice for each record that is shown. A number is never
 * given to another, so what is known once stays true.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class HospitalNumbers {

  @Inject Hospitals register;

  private final Map<Short, HospitalId> known = new ConcurrentHashMap<>();

  public Optional<Short> number(HospitalId id) {
    return register.find(id).map(Hospital::number);
  }

  /**
   * @throws IllegalStateException if no hospital has it
   */
  public HospitalId id(short number) {
    HospitalId id = known.get(number);
    if (id == null) {
      id =
          register
              .find(number)
              .map(Hospital::id)
              .orElseThrow(() -> new IllegalStateException("no hospital has number " + number));
      known.put(number, id);
    }
    return id;
  }
}
