namespace Carillon.Model;

/// <summary>What an audit of the records has found.</summary>
public enum AuditFindingKind
{
    /// <summary>Two attempts of one occurrence overlapped, or both succeeded.</summary>
    Duplicate = 1,

    /// <summary>An occurrence was due and passed over: neither an execution nor a stretch tells of it.</summary>
    Missed = 2,
}
