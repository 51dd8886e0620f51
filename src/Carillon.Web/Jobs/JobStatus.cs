namespace Carillon.Web;

/// <summary>How a job stands, in one word.</summary>
internal enum JobStatus
{
    /// <summary>It has not ended once, or something of it is open and waits.</summary>
    Pending,

    /// <summary>An attempt of it runs.</summary>
    Running,

    /// <summary>Its newest attempt succeeded.</summary>
    Completed,

    /// <summary>Its newest attempt failed, timed out or was lost.</summary>
    Failed,

    /// <summary>Someone has paused it, or it is disabled.</summary>
    Paused,

    /// <summary>Its newest attempt was cancelled.</summary>
    Cancelled,
}
