namespace Carillon.Actors;

/// <summary>A watch as the cell sees it, whatever the type of its message.</summary>
internal interface IWatchEntry
{
    /// <summary>Puts the message into the watcher's mailbox, once.</summary>
    void Queue();
}
