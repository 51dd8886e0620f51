namespace Carillon.Model;

/// <summary>What to do with an occurrence that falls due while another one of the same job is open.</summary>
public enum OverlapPolicy
{
    /// <summary>It is recorded as skipped (overlap). The default.</summary>
    Skip,

    /// <summary>It runs when the open one has ended.</summary>
    Queue,

    /// <summary>It runs beside the open one, up to <see cref="JobDefinition.MaxConcurrent"/>.</summary>
    Allow,

    /// <summary>The open one is cancelled, then it runs.</summary>
    CancelPrevious,
}
