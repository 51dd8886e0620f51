namespace Carillon.Conformance.Tests;

public sealed class SimulatedMembershipTests() : MembershipSuite(new SimulatedHarness());
