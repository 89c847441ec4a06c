"""The Joint Consultative Group, review conferences, provisional application and the documents of the Treaty."""
