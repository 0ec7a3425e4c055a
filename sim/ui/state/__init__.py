"""What is kept between two drawings of a page: the address, the language, the shelf of the user's own worlds."""
