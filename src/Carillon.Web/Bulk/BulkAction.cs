namespace Carillon.Web;

/// <summary>What a bulk request does with each of its jobs.</summary>
internal enum BulkAction
{
    Create,
    Pause,
    Resume,
    Trigger,
    Delete,
}
