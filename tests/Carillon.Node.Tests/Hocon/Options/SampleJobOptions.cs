namespace Carillon.Node.Tests.Hocon.Options;

public sealed class SampleJobOptions
{
    public required string Id { get; init; }

    public string? TimeZone { get; set; }

    public SampleMisfire Misfire { get; set; }

    public IDictionary<string, string>? Env { get; set; }

    public IReadOnlyList<TimeSpan>? Waits { get; set; }

    /// <summary>Option types may contain themselves.</summary>
    public SampleJobOptions? Then { get; set; }
}
