import Office

/// A request at the door, which must not be taken for a request of a browser.
typealias DoorRequest = Request
