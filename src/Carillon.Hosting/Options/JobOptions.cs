using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>The keys of one item of <c>carillon.jobs</c>. They mean what <see cref="JobDefinition"/> says.</summary>
public sealed class JobOptions
{
    /// <summary><see cref="JobDefinition.Id"/>. Required.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary><see cref="JobDefinition.Name"/>.</summary>
    public string? Name { get; set; }

    /// <summary><see cref="JobDefinition.Owner"/>.</summary>
    public string? Owner { get; set; }

    /// <summary><see cref="JobDefinition.Category"/>.</summary>
    public string? Category { get; set; }

    /// <summary><see cref="JobDefinition.Tags"/>.</summary>
    public IList<string> Tags { get; set; } = [];

    /// <summary><see cref="JobDefinition.Description"/>.</summary>
    public string? Description { get; set; }

    /// <summary><see cref="JobDefinition.Queue"/>.</summary>
    public string Queue { get; set; } = "default";

    /// <summary><see cref="JobDefinition.Roles"/>.</summary>
    public IList<string> Roles { get; set; } = [];

    /// <summary><see cref="JobDefinition.Priority"/>.</summary>
    public int Priority { get; set; }

    /// <summary><see cref="JobDefinition.Schedule"/>.</summary>
    public ScheduleOptions Schedule { get; set; } = new();

    /// <summary><see cref="JobDefinition.Misfire"/>.</summary>
    public MisfirePolicy Misfire { get; set; } = MisfirePolicy.RunOnce;

    /// <summary><see cref="JobDefinition.Grace"/>.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary><see cref="JobDefinition.Overlap"/>.</summary>
    public OverlapPolicy Overlap { get; set; } = OverlapPolicy.Skip;

    /// <summary><see cref="JobDefinition.MaxConcurrent"/>.</summary>
    public int MaxConcurrent { get; set; } = 32;

    /// <summary><see cref="JobDefinition.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary><see cref="JobDefinition.TotalTimeout"/>.</summary>
    public TimeSpan? TotalTimeout { get; set; }

    /// <summary><see cref="JobDefinition.StartLimit"/>.</summary>
    public StartLimitOptions? StartLimit { get; set; }

    /// <summary><see cref="JobDefinition.Retry"/>.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary><see cref="JobDefinition.Guarantee"/>.</summary>
    public Guarantee Guarantee { get; set; } = Guarantee.AtLeastOnce;

    /// <summary><see cref="JobDefinition.OnLeaseLoss"/>.</summary>
    public LeaseLossPolicy OnLeaseLoss { get; set; } = LeaseLossPolicy.Continue;

    /// <summary><see cref="JobDefinition.Payload"/>.</summary>
    public string? Payload { get; set; }

    /// <summary><see cref="JobDefinition.Enabled"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary><see cref="JobDefinition.Run"/>. Required.</summary>
    public RunOptions Run { get; set; } = new();
}
